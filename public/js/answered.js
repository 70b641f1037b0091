// The answer to a posted form has no address that shows it: whoever came back to it would be asked
// to post the form again. It stands in the history as the page that the form was on, or as the one
// that it names itself.

const { address } = document.documentElement.dataset
const { origin } = location
if (address !== undefined) history.replaceState(null, '', address)
else if (document.referrer.startsWith(`${origin}/`)) {
  history.replaceState(null, '', document.referrer)
}
