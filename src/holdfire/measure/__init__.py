"""How good an air picture is, held against the truth, in the words of those who buy and test trackers."""
