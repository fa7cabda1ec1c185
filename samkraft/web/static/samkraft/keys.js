// A key that was not found, or a person who said no: say so beside the button, and what to do instead.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const words = document.getElementById('key_fault')
  if (words) words.hidden = false
})
