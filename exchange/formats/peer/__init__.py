"""What passes between peers: what stands on its outside, and what lies in it."""
