import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/application'

/** Listens on UDP and TCP, and counts what comes. */
const listenOutside = async () => {
  const heard: string[] = []
  const udp = createSocket('udp4').on('message', (bytes) => heard.push(`udp ${bytes.length} bytes`))
  const tcp = createServer((socket) => {
    heard.push('tcp connection')
    socket.on('error', () => undefined).destroy()
  })
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const close = () => {
    udp.close()
    tcp.close()
  }
  return { heard, udpPort: udp.address().port, tcpPort: (tcp.address() as AddressInfo).port, close }
}

/** Does what a page that was taken over would try; answers the addresses WebRTC found. */
const callOut = (page: Page, outside: { readonly udpPort: number; readonly tcpPort: number }) =>
  page.evaluate(
    async ({ udpPort, tcpPort }) => {
      if (!('RTCPeerConnection' in window)) return []
      const turn = { username: 'stolen', credential: 'secret' }
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udpPort}` },
          { urls: `turn:127.0.0.1:${udpPort}`, ...turn },
          { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, ...turn },
          { urls: `turns:localhost:${tcpPort}?transport=tcp`, ...turn },
        ],
      })
      const found: string[] = []
      const gathered = new Promise<void>((resolve) => {
        connection.addEventListener('icecandidate', ({ candidate }) => {
          if (candidate?.candidate) found.push(candidate.candidate)
        })
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve()
        })
      })
      connection.createDataChannel('out')
      await connection.setLocalDescription()
      // Somebody to connect to, at the ports that listen.
      const other = new RTCPeerConnection()
      await other.setRemoteDescription(connection.localDescription!)
      await other.setLocalDescription(await other.createAnswer())
      await connection.setRemoteDescription(other.localDescription!)
      for (const [protocol, port] of [
        ['udp', udpPort],
        ['tcp', tcpPort],
      ] as const) {
        const kind = protocol === 'tcp' ? ' tcptype passive' : ''
        const candidate = `candidate:1 1 ${protocol} 2122260223 127.0.0.1 ${port} typ host${kind}`
        await connection.addIceCandidate({ candidate, sdpMid: '0' })
      }
      await gathered
      // A check is sent several times a second: by the time the connection has failed, all have been.
      await new Promise<void>((resolve) => {
        const settled = () => ['failed', 'closed', 'connected'].includes(connection.iceConnectionState)
        if (settled()) return resolve()
        connection.addEventListener('iceconnectionstatechange', () => settled() && resolve())
        setTimeout(resolve, 3_000)
      })
      return found
    },
    { udpPort: outside.udpPort, tcpPort: outside.tcpPort },
  )

test('WebRTC, which no policy of the page holds, reaches nobody over UDP or TCP', async ({ application }) => {
  const { app, page } = application
  const outside = await listenOutside()
  const candidates = await callOut(page, outside)
  expect(outside.heard).toEqual([])
  expect(candidates.filter((candidate) => / udp /i.test(candidate))).toEqual([])
  // The same finds its way where nothing holds it, so that it is known to be a way.
  await app.evaluate(async ({ BrowserWindow, session }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setWebRTCIPHandlingPolicy('default')
    await session.defaultSession.setProxy({ mode: 'direct' })
  })
  void callOut(page, outside).catch(() => undefined)
  for (const way of ['udp', 'tcp']) await expect.poll(() => outside.heard.join()).toContain(way)
  outside.close()
})
