"""What servers and disks do at the worst moment: each test starts its own and kills only those."""
