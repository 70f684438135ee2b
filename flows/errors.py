"""What goes wrong outside this program, said in one line that a user can act on."""


class UserError(Exception):
    """The message is one line saying what to do; no traceback is shown for it."""


class UsageError(UserError):
    """A setting or a flag has a wrong value."""
