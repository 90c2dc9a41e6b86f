/** How a value of a data type crosses: its field of the metric, and how wide its integers are. */
export interface SparkplugType {
  readonly code: number
  readonly field: SparkplugValueField
  /** Bits of an integer; 0 = it is none. */
  readonly bits: number
  readonly isSigned: boolean
}

/** Fields of `Payload.Metric` that hold a value (Sparkplug 3.0 §6.4.1, `sparkplug_b.proto`). */
export const valueFields = { int: 10, long: 11, float: 12, double: 13, boolean: 14, text: 15, bytes: 16 } as const
type SparkplugValueField = keyof typeof valueFields

const integer = (code: number, bits: number, isSigned: boolean): SparkplugType => ({
  code,
  // Unsigned ones of 32 bits stand where the reference implementation, Eclipse Tahu, writes and looks for them.
  field: bits === 64 || (bits === 32 && !isSigned) ? 'long' : 'int',
  bits,
  isSigned,
})
const other = (code: number, field: SparkplugValueField): SparkplugType => ({ code, field, bits: 0, isSigned: false })

/** The data types of metrics that are one value (Sparkplug 3.0 §6.4.16); data sets and templates are none. */
export const sparkplugTypes: ReadonlyMap<string, SparkplugType> = new Map([
  ['Int8', integer(1, 8, true)],
  ['Int16', integer(2, 16, true)],
  ['Int32', integer(3, 32, true)],
  ['Int64', integer(4, 64, true)],
  ['UInt8', integer(5, 8, false)],
  ['UInt16', integer(6, 16, false)],
  ['UInt32', integer(7, 32, false)],
  ['UInt64', integer(8, 64, false)],
  ['Float', other(9, 'float')],
  ['Double', other(10, 'double')],
  ['Boolean', other(11, 'boolean')],
  ['String', other(12, 'text')],
  ['DateTime', integer(13, 64, false)],
  ['Text', other(14, 'text')],
  ['UUID', other(15, 'text')],
  ['Bytes', other(17, 'bytes')],
  ['File', other(18, 'bytes')],
])

/** By their number, also those whose values are several. */
export const sparkplugTypeNames: ReadonlyMap<number, string> = new Map([
  ...[...sparkplugTypes].map(([name, { code }]) => [code, name] as const),
  [16, 'DataSet'],
  [19, 'Template'],
  [20, 'PropertySet'],
  [21, 'PropertySetList'],
  [22, 'Int8Array'],
  [23, 'Int16Array'],
  [24, 'Int32Array'],
  [25, 'Int64Array'],
  [26, 'UInt8Array'],
  [27, 'UInt16Array'],
  [28, 'UInt32Array'],
  [29, 'UInt64Array'],
  [30, 'FloatArray'],
  [31, 'DoubleArray'],
  [32, 'BooleanArray'],
  [33, 'StringArray'],
  [34, 'DateTimeArray'],
])
