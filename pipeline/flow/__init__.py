"""The steps that the DAGs and the command line both call: discover → clean → enrich → index → report."""
