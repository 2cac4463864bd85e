"""The browser: session, field finder, controls, form filler, submission."""
