;;; drive.el --- Emacs with eglot against the server; exits non-zero on any failure  -*- lexical-binding: t -*-
;; emacs --batch -l drive.el FILE, with CLARIFIER_PYTHON in the environment.
(setq package-enable-at-startup nil)
(package-initialize)                    ; Debian's packages lie where only this looks
(require 'eglot)
(require 'markdown-mode)
(defvar drive-file (expand-file-name (car command-line-args-left)))
(setq command-line-args-left nil
      eglot-sync-connect 60 eglot-connect-timeout 60 eglot-autoshutdown nil
      eglot-send-changes-idle-time 0.05 flymake-no-changes-timeout 0.2
      eglot-confirm-server-initiated-edits nil vc-handled-backends nil
      project-find-functions (list (lambda (folder) (cons 'transient folder))))
(add-to-list 'eglot-server-programs
             `(markdown-mode . (,(getenv "CLARIFIER_PYTHON") "-m" "clarifier" "lsp")))
(defun drive-step (format-string &rest values)
  "Say what was reached."
  (princ (concat (apply #'format format-string values) "\n")))
(defun drive-wait (what holds)
  "Wait until HOLDS returns non-nil, else fail by naming WHAT."
  (let ((end (+ (float-time) 90)) seen)
    (while (and (not (setq seen (funcall holds))) (< (float-time) end)) (accept-process-output nil 0.05))
    (unless seen (error "timed out waiting for %s" what))
    (drive-step "%s" what)
    seen))
(defun drive-at (words)
  "The diagnostic that covers WORDS."
  (seq-find (lambda (one) (equal words (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one))))
            (flymake-diagnostics)))
(defun drive-ask (method &optional params)
  "What the server answers to METHOD at point."
  (jsonrpc-request (eglot--current-server-or-lose) method (or params (eglot--TextDocumentPositionParams))))

(find-file drive-file)
(call-interactively #'eglot)
(drive-wait "connected" #'eglot-current-server)
(flymake-mode 1)
(flymake-start nil)                     ; in batch no command loop would start it
(drive-wait "the words after the emoji are underlined" (lambda () (drive-at "logs and/or messages")))
(goto-char (flymake-diagnostic-beg (drive-at "logs and/or messages")))
(unless (string-match-p "and/or" (format "%S" (drive-ask :textDocument/hover))) (error "no hover"))
(drive-step "hover")
(let* ((found (drive-at "logs and/or messages"))
       (actions (drive-ask :textDocument/codeAction
                           (list :textDocument (eglot--TextDocumentIdentifier)
                                 :range (list :start (eglot--pos-to-lsp-position (flymake-diagnostic-beg found))
                                              :end (eglot--pos-to-lsp-position (flymake-diagnostic-end found)))
                                 :context '(:diagnostics []))))
       (wanted (seq-find (lambda (action) (string-match-p "^both" (plist-get action :title))) actions)))
  (unless wanted (error "no such action: %S" actions))
  (eglot--apply-workspace-edit (plist-get wanted :edit)))
(unless (string-match-p "encrypt both logs and messages\\." (buffer-string)) (error "not applied: %s" (buffer-string)))
(drive-step "a reading applied")
(eglot--signal-textDocument/didChange)
(drive-wait "the finding is gone" (lambda () (not (seq-find (lambda (one) (string-match-p "and/or" (flymake-diagnostic-text one))) (flymake-diagnostics)))))
(save-buffer)
(eglot-shutdown (eglot--current-server-or-lose))
(drive-step "done")
(kill-emacs 0)
