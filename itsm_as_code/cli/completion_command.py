"""`itsm completion`: the shell completion script."""

import click
from click.shell_completion import get_completion_class

from itsm_as_code.cli import options
from itsm_as_code.errors import ItsmError


@click.command(
    "completion",
    epilog="""\b
Examples:
  itsm completion bash >> ~/.bashrc
  itsm completion zsh >> ~/.zshrc
  itsm completion fish > ~/.config/fish/completions/itsm.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell."""
    from itsm_as_code.cli.main import cli  # noqa: PLC0415 - it imports the commands when they are called

    script = get_completion_class(shell)
    if script is None:
        message = f"no completion for {shell}"
        raise ItsmError(message)
    options.emit(script(cli, {}, "itsm", "_ITSM_COMPLETE").source())
