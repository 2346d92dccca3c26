; A castle's end. The axe is touched: the drawbridge falls, the hero walks on to who waits there, and
; the next world begins; after the last one the title returns.

FRIEND_PAGE_X = $90             ; here he stops walking, on the area's last page

; The hero touches the axe at ProbeIndex.
TouchAxe:
    lda #0
    sta (RingPtr),y
    sta AxePage
    sta OperTask
    sta ObjXSpeed
    sta AbsXSpeed
    jsr DrawMetatile
    lda #MODE_VICTORY
    sta OperMode
    lda ProbeIndex
    and #15
    sta BridgeColumn
    lda #MUSIC_NONE
    jsr PlayMusic
    lda #SFX_AXE
    jmp StartSound

VictoryMode:
    lda OperTask
    jsr Dispatch
    .addr DropBridge, WalkOn, SayThanks, LeaveCastle

; Draws the frame of a game that plays itself.
VictoryFrame:
    jsr SpawnObjects
    jsr UpdateObjects
    jsr UpdateMisc
    jsr UpdateBlocks
    jsr RelativePosition
    sta ScrollPos
    jsr DrawPlayer
    jsr ParseAhead
    jsr SendAttributes
    jmp SendHud

; A plank every four frames, from the axe to the left; a bridge ends where there is none.
DropBridge:
    lda FrameCounter
    and #3
    bne VictoryFrame
    dec BridgeColumn
    bmi @fallen
    lda ObjPage
    sta ProbePage
    jsr PointRing
    ldx #0
@row:
    txa
    ora BridgeColumn
    tay
    lda (RingPtr),y
    cmp #MT_DRAWBRIDGE
    beq @plank
    txa
    clc
    adc #16
    tax
    cmp #$D0
    bne @row
    lda BridgeColumn            ; a gap below the axe itself does not end it
    cmp #13
    bcs VictoryFrame
@fallen:
    jsr BossFalls
    lda #MUSIC_CASTLE_CLEAR
    jsr PlayMusic
    inc OperTask
    jmp VictoryFrame
@plank:
    sty ProbeIndex
    lda #0
    sta (RingPtr),y
    jsr DrawMetatile
    lda #SFX_BUMP
    jsr StartSound
    jmp VictoryFrame

WalkOn:
    lda #0
    sta ScrollLock
    sta ABButtons
    ldy #BUTTON_RIGHT
    ldx ObjPage
    inx
    cpx AreaWidth
    bcc @walk
    lda ObjX
    cmp #FRIEND_PAGE_X
    bcc @walk
    ldy #0
@walk:
    tya
    sta Pad1
    sta LeftRightButtons
    pha
    jsr MovePlayer
    pla
    bne @frame
    lda FloatState
    ora ObjXSpeed
    bne @frame
    lda #12
    sta ScreenTimer
    inc OperTask
@frame:
    jmp VictoryFrame

SayThanks:
    jsr VictoryFrame
    lda ScreenTimer
    cmp #11
    bne @wait
    ldx #0
    lda WorldNumber
    cmp #WORLDS - 1
    bcc :+
    ldx #FarewellText - ThanksText
:   lda VramLength
    bne @end                    ; when the buffer is free
    ldy #0
:   lda ThanksText,x
    sta VramBuffer,y
    inx
    iny
    cpy #THANKS_LENGTH
    bne :-
    dey
    sty VramLength
    lda LeftPage                ; in the nametable that is seen
    lsr a
    bcc :+
    lda VramBuffer
    ora #4
    sta VramBuffer
:   dec ScreenTimer
@end:
    rts
@wait:
    lda ScreenTimer
    bne @end
    inc OperTask
    rts

LeaveCastle:
    lda #0
    sta OperTask
    sta HalfwayPage
    sta AltEntrance
    sta StageNumber
    sta AreaNumber
    sta Sprite0Flag
    inc DisableScreen
    inc FetchClock
    inc WorldNumber
    lda WorldNumber
    cmp #WORLDS
    bcs @title
    lda #MODE_GAME
    sta OperMode
    jmp LoadAreaPointer
@title:
    jsr KeepTopScore
    lda #MODE_TITLE
    sta OperMode
    rts

THANKS_LENGTH = FarewellText - ThanksText
ThanksText:
    .dbyt AT(10, 5)
    .byte 22
    .byte "THE TRAIL GOES ON NOW!"
    .byte 0
FarewellText:
    .dbyt AT(10, 5)
    .byte 22
    .byte "YOU ARE HOME. WELCOME!"
    .byte 0
