/** What a caller sent comes back to them shortened: messages are for reading. */
export function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
