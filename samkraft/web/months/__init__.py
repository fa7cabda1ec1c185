"""The month: time reports taken in, attested and closed, and the files that its receivers want."""
