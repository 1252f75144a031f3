import { type HostName, hostAddress, hostIndex, NETWORK, PORTS } from "../settings";
import type { ConfigFile, Launch, Plan } from "./plan";

export function keepalivedLaunch(): Launch {
  const argv = ["keepalived", "--dont-fork", "--log-console", "--log-detail", "-f", "/etc/keepalived/keepalived.conf"];
  return { service: "keepalived", user: "root", argv };
}

/** As in the seed: HAProxy alive, Patroni healthy, Patroni primary. Each question has its own deadline; one curl asks both, since it runs each second on every host. */
const CHECK = `#!/bin/sh
pidof haproxy > /dev/null || exit 1
curl -sf --fail-early -m 1 -o /dev/null http://localhost:${PORTS.patroni}/health -o /dev/null http://localhost:${PORTS.patroni}/primary || exit 1
`;

/**
 * The check has no \`weight\`: a failed one puts the instance into FAULT, so a host that does not lead
 * cannot hold the VIP at all. With the seed's \`weight -200\` every priority is clamped to 1 while there
 * is no leader, and the host with the highest address takes the VIP.
 * \`unicast_peer\` takes one address a line; several on one line are read as one and refused.
 */
export function keepalivedFiles(host: HostName, plan: Plan): ConfigFile[] {
  const peers = plan.hosts.filter((name) => name !== host).map((name) => `        ${hostAddress(name)}\n`);
  const text = `global_defs {
    router_id ${host}
    enable_script_security
    script_user root
}

vrrp_script check_patroni_primary {
    script "/etc/keepalived/check_patroni.sh"
    interval 1
    timeout 3
    fall 2
    rise 1
    init_fail
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${110 - 10 * hostIndex(host)}
    advert_int 1
    garp_master_delay 1
    garp_master_refresh 10
    unicast_src_ip ${hostAddress(host)}
    unicast_peer {
${peers.join("")}    }
    authentication {
        auth_type PASS
        auth_pass ${plan.credentials.keepalived}
    }
    virtual_ipaddress {
        ${NETWORK.vip}/${NETWORK.prefixLength}
    }
    track_script {
        check_patroni_primary
    }
}
`;
  return [
    { path: "/etc/keepalived/keepalived.conf", text, mode: "600", owner: "root:root" },
    // Script security refuses a script that anyone but root may write to.
    { path: "/etc/keepalived/check_patroni.sh", text: CHECK, mode: "755", owner: "root:root" },
  ];
}
