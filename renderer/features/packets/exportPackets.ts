import { packetPage, type PacketEntry } from '#shared/model/packets'
import { ok, type Result } from '#shared/result'
import { entryText, packetFormats, type PacketFormat } from '../../model/packets/packetFormats'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import type { Connection } from '../../state/app'
import { copyText } from '../../state/clipboard'
import { noticesState } from '../../state/notices'
import { placeOf } from '../../state/packetSource'
import { profilesState, selectEntry } from '../../state/profiles'
import { formatCount, formatIso } from '../../ui/format'
import { packetsState } from './packetsState'

/** Packets that a copy has room for: what is pasted into an issue. */
const mostCopied = 2_000
const wholePacketBytes = 65_536

/** The packets that are shown, page by page from main. */
async function* shownPackets(connection: Connection): AsyncGenerator<Result<readonly PacketEntry[]>> {
  const { found, status } = connection.get(packetsState)
  const { first, last } = status ?? { first: 1, last: 0 }
  const count = found ? found.count : Math.max(0, last - first + 1)
  for (let from = 0; from < count; from += packetPage) {
    const numbers = Array.from({ length: Math.min(packetPage, count - from) }, (_, index) =>
      found ? (found.numbers[from + index] ?? 0) : first + from + index,
    )
    const read = { ...placeOf(connection), numbers, mostBytes: wholePacketBytes }
    yield await connection.app.api.invoke('packets.read', read)
  }
}

/** Writes the packets that are shown to a file that the person chooses, and says how many. */
export const exportPackets = async (connection: Connection, format: PacketFormat): Promise<void> => {
  const { api } = connection.app
  const notices = connection.app.get(noticesState)
  const { extension, create } = packetFormats[format]
  const begun = await api.invoke('file.begin', { suggestedName: `${nameOf(connection)} ${stamp()}.${extension}` })
  if (!begun.ok) notices.showError(begun.error)
  if (!begun.ok || begun.value === null) return
  const fileToken = begun.value
  const writer = create()
  let count = 0
  const write = async (): Promise<Result<null>> => {
    const head = writer.begin()
    if (head.length > 0) {
      const written = await api.invoke('file.append', { fileToken, bytes: head })
      if (!written.ok) return written
    }
    for await (const page of shownPackets(connection)) {
      if (!page.ok) return page
      const bytes = joinedBytes(page.value.map((entry) => writer.entry(entry)))
      const written = bytes.length === 0 ? ok(null) : await api.invoke('file.append', { fileToken, bytes })
      if (!written.ok) return written
      count += page.value.length
    }
    const ended = await api.invoke('file.finish', { fileToken })
    return ended.ok ? ok(null) : ended
  }
  const written = await write()
  if (written.ok) notices.show({ text: { key: 'packets.exported', values: { count: formatCount(count) } } })
  else {
    await api.invoke('file.abandon', { fileToken })
    notices.showError(written.error)
  }
}

/** Copies the packets that are shown as a text, secrets masked: of very many the last ones. */
export const copyPackets = async (connection: Connection): Promise<void> => {
  const lines: string[] = []
  for await (const page of shownPackets(connection)) {
    if (!page.ok) {
      connection.app.get(noticesState).showError(page.error)
      return
    }
    lines.push(...page.value.map(entryText))
    if (lines.length > mostCopied) lines.splice(0, lines.length - mostCopied)
  }
  await copyText(connection.app, lines.join(''))
}

const nameOf = ({ app, id }: Connection): string => selectEntry(id)(app.get(profilesState))?.profile.name || 'packets'

/** Such as `2026-11-30 14-05-09`: no file system minds it. */
const stamp = (): string => formatIso(Date.now()).slice(0, 19).replace('T', ' ').replaceAll(':', '-')
