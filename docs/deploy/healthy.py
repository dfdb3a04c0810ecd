"""Does the web server in this container say that it is ready? The container's health check asks."""

import os
from urllib.request import Request, urlopen

host = os.environ["ALLOWED_HOSTS"].split(",")[0]
urlopen(Request("http://127.0.0.1:8000/health/ready", headers={"Host": host}), timeout=5)
