"""A Varlink client that is not ours: introspects the socket it is given, claims a password and prints it."""

import json
import sys

import varlink

with varlink.Client.new_with_address("unix:" + sys.argv[1]) as client:
    with client.open("org.varlink.service") as service:
        info = service.GetInfo()
    with client.open("org.secom-otpd.Handoff") as handoff:
        status = handoff.Status()
        try:
            handoff.Claim(mailbox="no such mailbox")
            error = None
        except varlink.VarlinkError as failure:
            error = failure.error()
        claimed = handoff.Claim(waitSeconds=240)["oneTimePassword"]
        handoff.Settle(claimed["id"], "used")
    print(json.dumps({
        "interfaces": info["interfaces"],
        "methods": sorted(client.get_interface("org.secom-otpd.Handoff").members),
        "mailboxes": [mailbox["name"] for mailbox in status["mailboxes"]],
        "error": error,
        "oneTimePassword": claimed,
    }))
