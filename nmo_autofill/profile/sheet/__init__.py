"""Group lists as colleges have them: workbooks and delimited text."""
