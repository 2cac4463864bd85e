"""When what is done: steps, their order, the journal, the people in the loop."""
