-- nvim --clean --headless -l drive.lua FILE: prints one line of JSON a step; ends with status 1 at the first that fails.
local file = assert(_G.arg[1], 'usage: nvim -l drive.lua FILE')
local function wait(what, seen)
  local ok = vim.wait(60000, seen, 20)
  if not ok then error('timed out waiting for ' .. what .. ': ' .. vim.inspect(vim.diagnostic.get(0)), 0) end
  print('seen: ' .. what .. '\n')
end
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
dofile(here .. '/init.lua') -- `-l` does not read `-u`
vim.cmd.filetype('plugin on')

-- Neovim shows both code actions and message requests by vim.ui.select; here the choice that contains `wanted` is taken.
local wanted, choices = {}, {}
vim.ui.select = function(items, opts, done)
  local want = assert(table.remove(wanted, 1), 'nobody expected a question')
  local titles = {}
  for index, item in ipairs(items) do
    local title = opts.format_item and opts.format_item(item) or (type(item) == 'table' and item.title) or tostring(item)
    titles[#titles + 1] = title
    if title:find(want, 1, true) then choices[#choices + 1] = { opts.prompt, title }; return done(item, index) end
  end
  error('“' .. want .. '” is not offered, but: ' .. table.concat(titles, ' / '), 0)
end
vim.cmd.edit(vim.fn.fnameescape(file))
local buf = vim.api.nvim_get_current_buf()
local function lines() return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, true), '\n') end
local function at(words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, true)) do
    local column = line:find(words, 1, true)
    if column then vim.api.nvim_win_set_cursor(0, { row, column - 1 }); return end
  end
  error('“' .. words .. '” is not in the text', 0)
end
wait('the client', function() return #vim.lsp.get_clients({ bufnr = buf, name = 'clarifier' }) == 1 end)
local client = vim.lsp.get_clients({ bufnr = buf })[1]

local function underlines(code, words)
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    local line = vim.api.nvim_buf_get_lines(buf, d.lnum, d.lnum + 1, false)[1] or ''
    if d.code == code and line:sub(d.col + 1, d.end_col) == words then return true end
  end
end
-- Columns must be right after an astral character too. The words of the list are known once the language is read.
vim.api.nvim_buf_set_lines(buf, -1, -1, true, { '', '😀 The limit is TBD.' })
wait('the structural finding', function() return underlines('open-question', 'TBD') end)
vim.api.nvim_buf_set_lines(buf, -3, -1, true, {})
wait('the linguistic finding', function() return underlines('open-list', 'PNG, JPEG, etc.') and underlines('open-list', 'PDF, HTML, etc.') end)

at('JPEG')
vim.lsp.buf.hover()
wait('the hover', function()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
      if text:find('open%-list') then vim.api.nvim_win_close(window, true); return true end
    end
  end
end)

at('JPEG')
vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title:find('the list is complete', 1, true) ~= nil end })
wait('the reading', function() return lines():find('accept only PNG and JPEG.', 1, true) end)

at('PDF')
wanted = { 'the list is the least' }
vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title:find('Ask: ', 1, true) == 1 end })
wait('the answer', function() return lines():find('accept at least PDF and HTML.', 1, true) end)
assert(lines():find('## Clarifications\n\n- Q: ', 1, true), lines())

at('ab12')
vim.lsp.buf.rename('zz99')
wait('the new name', function() return lines():find('[^zz99]', 1, true) end)
local folder = vim.fs.dirname(file) .. '/examples/'
wait('the moved file', function() return vim.uv.fs_stat(folder .. 'zz99.md') and not vim.uv.fs_stat(folder .. 'ab12.md') end)
vim.cmd('silent wall')
assert(vim.fn.readfile(folder .. 'zz99.md')[1]:find('[^zz99]', 1, true), 'the head line')

client:stop()
wait('the end', function() return client:is_stopped() end)
os.exit(0)
