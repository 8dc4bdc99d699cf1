"""How gunicorn serves Vestige, under `make up` and in a container alike."""

import os
from pathlib import Path
from typing import Any

from core.memory import settle

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"  # a slow upload holds a thread, not a whole worker
threads = int(os.environ.get("WEB_THREADS", "4"))
limit_request_line = 8190  # a cursor of changes is as long as its client has cases
timeout = 120  # seconds a worker may be silent
graceful_timeout = 30  # seconds to finish requests in when it is asked to stop
preload_app = True  # workers share the program's memory
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # nosec B108
control_socket_disable = True
accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(M)s ms'
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def when_ready(_server: Any) -> None:
    """Nothing that was loaded for good is looked through again: 60 ms less in a long page."""
    settle()
