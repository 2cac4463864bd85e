"""The portal as data: hosts, routes, pages, fields, buttons, texts."""
