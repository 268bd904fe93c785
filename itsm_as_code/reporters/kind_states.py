"""A kind's lifecycle: drawn as a state diagram (Mermaid), and told state by state."""

from itsm_as_code.model.kind import Kind, State


def state_section(kind: Kind) -> str:
    """Return the lifecycle as Markdown: a drawing and a table."""
    told = "Every change of state is a `transition` entry of the timeline. " if kind.logged else ""
    final = "States with a thick border are final: work on the record has ended."
    return f"{told}{final}\n\n```mermaid\n{state_diagram(kind)}```\n\n{_table(kind)}"


def state_diagram(kind: Kind) -> str:
    """Return the lifecycle as a Mermaid state diagram: first state, moves, and final states marked."""
    lines = ["stateDiagram-v2", "    classDef final stroke-width:4px"]
    lines += [f'    state "{state.name}" as {_name(state)}' for state in kind.states.values()]
    lines.append(f"    [*] --> {_name(kind.states[kind.initial])}")
    for state in kind.states.values():
        lines += [f"    {_name(state)} --> {_name(kind.states[to])}" for to in state.to]
    lines += [f"    {_name(state)} --> [*]" for state in kind.states.values() if state.final]
    lines += [f"    class {_name(state)} final" for state in kind.states.values() if state.final]
    return "\n".join(lines) + "\n"


def _name(state: State) -> str:
    """Return a name that Mermaid takes for one word and for no word of its own."""
    return "s_" + state.name.replace("-", "_")


def _table(kind: Kind) -> str:
    text = "| state | what it means | needs | may go to |\n|---|---|---|---|\n"
    for state in kind.states.values():
        marks = [*(["first"] if state.name == kind.initial else []), *(["final"] if state.final else [])]
        name = f"`{state.name}` ({', '.join(marks)})" if marks else f"`{state.name}`"
        needs = ", ".join(f"`{field}`" for field in state.needs)
        to = ", ".join(f"`{other}`" for other in state.to)
        text += f"| {name} | {state.meaning} | {needs} | {to} |\n"
    return text
