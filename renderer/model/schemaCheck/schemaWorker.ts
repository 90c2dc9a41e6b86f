import { checkText, type TextToCheck } from './checkText'

/** The thread that holds payloads against schemas: megabytes, and patterns that take for ever, stop nobody who types. */
self.onmessage = ({ data }: MessageEvent<TextToCheck>) => self.postMessage(checkText(data))
