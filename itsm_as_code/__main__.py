"""Runs the command line as `python -m itsm_as_code`."""

from itsm_as_code.cli.main import main

if __name__ == "__main__":
    main()
