/** Bytes of a larger buffer. */
interface BytesIn {
  readonly source: Buffer
  readonly start: number
  readonly end: number
}

/** Copies bytes to `at` in `target`, which has room for them. */
export type ByteCopier = (bytes: BytesIn, target: Buffer, at: number) => void

/** Up to so many bytes four at a time are faster than `copy`, which calls native code: 0.1 us instead of 0.4 us for 150 bytes. */
const mostWordBytes = 1_024

/** For many short copies between the same two buffers, such as a socket's chunk and a frame. It holds the latest two in memory. */
export const createByteCopier = (): ByteCopier => {
  const viewOfSource = createViewOf()
  const viewOfTarget = createViewOf()
  return ({ source, start, end }, target, at) => {
    if (end - start > mostWordBytes) {
      source.copy(target, at, start, end)
      return
    }
    const from = viewOfSource(source)
    const into = viewOfTarget(target)
    const last = source.byteOffset + end
    let read = source.byteOffset + start
    let write = target.byteOffset + at
    for (; read + 4 <= last; read += 4, write += 4) into.setInt32(write, from.getInt32(read, true), true)
    for (; read < last; read += 1, write += 1) into.setUint8(write, from.getUint8(read))
  }
}

/** The view of a buffer, made anew only where another one is asked for. */
const createViewOf = () => {
  let view: DataView = new DataView(new ArrayBuffer(0))
  return ({ buffer }: Buffer): DataView => {
    if (view.buffer !== buffer) view = new DataView(buffer)
    return view
  }
}
