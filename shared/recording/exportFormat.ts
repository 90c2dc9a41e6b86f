/** Kinds of files that messages are exported to, as a person chooses among them. */
export const exportFormats = ['jsonl', 'csv', 'template', 'raw', 'pcapng', 'recording', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What a file is named at its end; '' = a folder. */
export const extensionOf: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'jsonl',
  csv: 'csv',
  template: 'txt',
  raw: '',
  pcapng: 'pcapng',
  recording: 'topicscope',
  parquet: 'parquet',
}

/** Where what payloads were decoded to has a place beside them. */
export const canHoldDecoded = (format: ExportFormat): boolean => format !== 'pcapng' && format !== 'template'
