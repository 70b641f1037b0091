// The answer to a posted form has no address that shows it: whoever came back to it would be asked
// to post the form again. It stands in the history as the page that the form was on.

if (document.referrer.startsWith(`${location.origin}/`)) {
  history.replaceState(null, '', document.referrer)
}
