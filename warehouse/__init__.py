"""The store: private build, checks, publish, and reading what was published."""
