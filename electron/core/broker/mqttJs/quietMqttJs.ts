// mqtt.js reads both when it is loaded: the one sends every connection through a proxy unasked, the other prints
// CONNECT packets with their passwords.
delete process.env['MQTTJS_SOCKS_PROXY']
if (/mqtt/i.test(process.env['DEBUG'] ?? '')) delete process.env['DEBUG']
