"""What templates say of evidence on the pages of other rooms."""
