"""From the bytes of letters to their claims: pure functions, frames in and frames out."""
