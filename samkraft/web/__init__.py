"""The pages. A folder for each part of the work; a page is a file with a template of the same name.

`routes` says where each part lies, `acting` opens the context of a page, `shell` makes the frame around it, `sections` serves
pages of several small forms, `refusals` and `afterwards` answer a form.
"""
