def compare(case): return {}
