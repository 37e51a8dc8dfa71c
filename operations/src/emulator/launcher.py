"""Starts the emulator, and ends it with whoever started it."""
import os
import signal
import socketserver
import threading

# The Runtime API answers in two small writes. Without this, each invocation waits some 40 ms for the
# acknowledgement of the first.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True


def end_with_the_starter():
    """The other end of standard input is closed when the starter ends, in whatever way that happens."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_the_starter, daemon=True).start()

from ministack import app as emulator  # noqa: E402

over_loopback = emulator.app


async def as_if_over_tls(scope, receive, send):
    """Queues and buckets refuse what does not come over TLS; what comes over loopback stands for it here.

    A request that says otherwise itself is believed.
    """
    if scope["type"] == "http" and not any(name.lower() == b"x-forwarded-proto" for name, _ in scope["headers"]):
        scope = {**scope, "headers": [*scope["headers"], (b"x-forwarded-proto", b"https")]}
    await over_loopback(scope, receive, send)


emulator.app = as_if_over_tls
emulator.main()
