"""The demo's port, and the wait until something answers behind it."""

import socket
import subprocess
import time
import urllib.error
import urllib.request

from samkraft.operations import child_processes
from samkraft.operations.demo import setting
from samkraft.operations.demo.setting import STEP_FAILED, Setting
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

HOST, FIRST_PORT, PORTS = "127.0.0.1", 8000, 100
FIRST_PAGE_S = 90.0
NO_PORT = Reason(
    "demo_no_port",
    phrase("Ingen port mellan {first} och {last} är ledig på den här datorn."),
    phrase("Stoppa något av det som använder dem, eller välj en annan med --port."),
)


def open_at(wanted: int | None) -> socket.socket:
    """Listen on the port asked for, or else on the first free one from 8000.

    The web server is handed the open door, so nobody can take the port in between.
    """
    ports = range(FIRST_PORT, FIRST_PORT + PORTS) if wanted is None else range(wanted, wanted + 1)
    for port in ports:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a minute's wait after each stop
        try:
            door.bind((HOST, port))
            door.listen(128)
        except OSError:
            door.close()
            continue
        if port != ports[0]:
            setting.say(f"Port {ports[0]} är upptagen. Demon använder {port} i stället.")
        return door
    raise Refused(NO_PORT, first=ports[0], last=ports[-1])


def url(door: socket.socket) -> str:
    """The address behind the door."""
    return f"http://{HOST}:{door.getsockname()[1]}"


def wait_for_page(demo: Setting, web: "subprocess.Popen[bytes]") -> None:
    """Wait until the first page answers with anything but a fault of ours."""
    show = child_processes.Progress("Startar webbservern")
    deadline = time.monotonic() + FIRST_PAGE_S
    while (problem := _problem_with(demo.url)) is not None:
        demo.stopping.check()
        if web.poll() is not None or time.monotonic() > deadline:
            show.done(1)
            words = f"{setting.last_words(demo.log)}\n    {problem}"
            raise Refused(STEP_FAILED, step="Startar webbservern", words=words, log=demo.log)
        show.still()
        time.sleep(0.1)
    show.done(0)


def _problem_with(address: str) -> str | None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy does not know our own machine
    try:
        with direct.open(address, timeout=1):
            return None
    except urllib.error.HTTPError as answer:
        return None if answer.code < 500 else f"Sidan svarade {answer.code}."
    except OSError as error:
        return str(error)
