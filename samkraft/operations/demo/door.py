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
FAULTS_BORNE = 5
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
    """Wait until the first page answers. Gives up when it only ever answers that the fault is ours."""
    show = child_processes.Progress("Startar webbservern")
    deadline = time.monotonic() + FIRST_PAGE_S
    faults = 0
    while not (status := _status(demo.url)) or status >= 500:
        demo.stopping.check()
        faults += status >= 500
        if web.poll() is not None or time.monotonic() > deadline or faults > FAULTS_BORNE:
            show.done(1)
            words = f"{setting.last_words(demo.log)}\n    {demo.url} svarade {status or 'inte'}."
            raise Refused(STEP_FAILED, step="Startar webbservern", words=words, log=demo.log)
        show.still()
        time.sleep(0.1)
    show.done(0)


def _status(address: str) -> int:
    """What the page answers with, as a number of HTTP; 0 when nothing answers."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy does not know our own machine
    try:
        with direct.open(address, timeout=2) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0
