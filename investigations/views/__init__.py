"""The browser's doors to cases, incidents, sites, tasks, notes and teams: one module a noun."""
