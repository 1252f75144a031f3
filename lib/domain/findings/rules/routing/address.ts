/** Whether a host is given by its address, so that it can be compared: one machine has many names. */
export const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(":");

/** The machine itself, whichever that is. */
export const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");
