import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'

/** What keeps .proto files from being a schema. */
export interface ProtoFileProblem {
  /** A file is not there, is no .proto file, or names what no file has; or they are too many, or too large. */
  readonly code: 'fileMissing' | 'notProto' | 'unresolved' | 'tooMuch'
  readonly file: string
  readonly line: number | null
  /** In the parser's words. */
  readonly detail: string
}

export type ReadProtoFiles =
  | { readonly ok: true; readonly schema: ProtobufSchema }
  | { readonly ok: false; readonly problem: ProtoFileProblem }

export interface ProtoFile {
  /** The same for the same file, however it is named in imports. */
  readonly name: string
  readonly text: string
}
