"""What people look at: the published file, read and nothing else."""
