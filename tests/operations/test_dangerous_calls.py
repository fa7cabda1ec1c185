"""Calls that let a stranger in are found by ruff, set up as it is here: each kind is planted once where pages are made.

The marks are those of bandit, whose rules these are; docs/decisions/0034 tells which are not asked for, and why.
"""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
RUFF = Path(sys.executable).with_name("ruff")
PLANTED = """
import ftplib  # TID251
import pickle  # TID251
import telnetlib  # TID251
import xml.dom.minidom  # TID251
import xml.etree.ElementTree as tree  # TID251
import xml.parsers.expat  # TID251
import xml.sax  # TID251
import xmlrpc.client  # TID251
from Crypto.Cipher import AES  # TID251
import hashlib, jinja2, logging.config, marshal, os, paramiko, random
import requests, ssl, subprocess, tarfile, tempfile, urllib.request, yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db.models.expressions import RawSQL
from django.utils import safestring
from django.utils.safestring import SafeString, mark_safe  # TID251
from django.utils.safestring import SafeText  # TID251
from mako.template import Template
from markupsafe import Markup
from pysnmp.hlapi import CommunityData, UsmUserData
from wsgiref.handlers import CGIHandler  # TID251
def one(x, cursor, rows, password="secret"):  # S107
    exec(x)  # S102
    os.chmod("/a", 0o777)  # S103
    host = "0.0.0.0"  # S104
    password = "secret"  # S105
    one(x, cursor, rows, password="secret")  # S106
    path = "/tmp/x"  # S108
    try:
        x()
    except Exception:  # S110
        pass
    for y in x:
        try:
            y()
        except Exception:  # S112
            continue
    requests.get(x)  # S113
    tarfile.open(x).extractall()  # S202
    pickle.loads(x)  # S301
    marshal.loads(x)  # S302
    tempfile.mktemp()  # S306
    eval(x)  # S307
    mark_safe(x)  # S308
    safestring.SafeString(x)  # TID251
    urllib.request.urlopen(x)  # S310
    random.random()  # S311
    telnetlib.Telnet(x)  # S312
    tree.fromstring(x)  # S314
    xml.sax.parseString(x)  # S317
    xml.dom.minidom.parseString(x)  # S318
    ftplib.FTP(x)  # S321
    ssl._create_unverified_context()  # S323
    hashlib.md5(x)  # S324
    requests.get(x, verify=False, timeout=1)  # S501
    ssl.wrap_socket(ssl_version=ssl.PROTOCOL_SSLv2)  # S502
    ssl.wrap_socket()  # S504
    rsa.generate_private_key(65537, 512)  # S505
    yaml.load(x)  # S506
    CommunityData("a", mpModel=0)  # S508
    UsmUserData("a")  # S509
    paramiko.exec_command("x")  # S601
    subprocess.Popen(x, shell=True)  # S602
    cursor.run(x, shell=True)  # S604
    os.system(x)  # S605
    os.execv(x, [])  # S606
    cursor.execute(f"SELECT {x} FROM a")  # S608
    cursor.execute("SELECT %s FROM a" % x)  # S608
    cursor.execute("SELECT " + x + " FROM a")  # S608
    cursor.execute("SELECT {} FROM a".format(x))  # S608
    os.system("/bin/tar xvzf *")  # S609
    rows.extra(select={"a": x})  # S610
    RawSQL(x, [])  # S611
    logging.config.listen(9999)  # S612
    jinja2.Environment(autoescape=False)  # S701
    Template(x)  # S702
    Markup(x)  # S704
    return "\N{RIGHT-TO-LEFT OVERRIDE}"  # PLE2502
def two(version=ssl.PROTOCOL_SSLv2):  # S503
    return version
"""


def test_every_kind_of_dangerous_call_is_found_where_it_stands() -> None:
    command = [
        RUFF,
        "check",
        "--no-cache",
        "--output-format",
        "json",
        "--stdin-filename",
        "samkraft/web/planted.py",
        "-",
    ]
    done = subprocess.run(command, cwd=PROJECT, input=PLANTED, capture_output=True, text=True, check=False)
    found = {(fault["code"], fault["location"]["row"]) for fault in json.loads(done.stdout)}
    for row, line in enumerate(PLANTED.splitlines(), start=1):
        code, _mark, codes = line.partition("  # ")
        missed = [one for one in codes.split() if (one, row) not in found]
        assert not missed, code
