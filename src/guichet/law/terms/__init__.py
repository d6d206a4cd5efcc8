"""What several texts rely on and none of the three defines: passages of other texts, counting rules, readings chosen."""
