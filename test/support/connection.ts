import { once } from 'node:events'
import { connect } from 'node:net'

/** A connection on which bytes are sent one part after the other. */
export async function connection(port: number) {
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  let received = ''
  socket.setEncoding('utf8').on('data', (text) => {
    received += text
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return {
    send: (text: string) => void socket.write(text),
    async untilClosed() {
      await closed
      return received
    },
  }
}
