"""The words everyone uses: records, refusals, markings, jobs and answers."""
