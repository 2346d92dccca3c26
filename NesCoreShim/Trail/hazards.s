; What is dangerous without walking: plants in pipes, bars of fire, leapers from the lava, fish, squids,
; bullets and flames; and the throwers with their hammers.

; ---- plant: 0D ------------------------------------------------------------------------------------
; It rests inside the pipe, hidden behind it; SlotOriginY is the pipe's top edge. EnemyXSpeed is the
; direction it goes, EnemyYSpeed whether it goes at all, as in SMB.

PLANT_HEIGHT = $18

InitPlant:
    lda #1                      ; down
    sta EnemyXSpeed,x
    rts

MovePlant:
    lda EnemyFrameTimer,x
    bne @end
    lda EnemyYSpeed,x
    bne @moves
    lda EnemyXSpeed,x
    bmi @turn                   ; out: it goes in whoever is near
    jsr HeroDistance
    cmp #$21
    bcc @end
@turn:
    lda EnemyXSpeed,x
    eor #$FF
    clc
    adc #1
    sta EnemyXSpeed,x
    inc EnemyYSpeed,x
@moves:
    lda FrameCounter
    lsr a
    bcc @end
    lda EnemyY,x
    clc
    adc EnemyXSpeed,x
    sta EnemyY,x
    ldy EnemyXSpeed,x
    bmi @out
    cmp SlotOriginY,x
    beq @arrived
    rts
@out:
    clc
    adc #PLANT_HEIGHT
    cmp SlotOriginY,x
    bne @end
@arrived:
    lda #0
    sta EnemyYSpeed,x
    lda #$40
    sta EnemyFrameTimer,x
@end:
    rts

; ---- bars of fire: 1B to 1F --------------------------------------------------------------------------
; The angle is EnemyYSpeed, 0 to 31 clockwise from straight up; its fraction EnemyXSpeed.

; A = starting angle / 2, in Scratch.
InitBar:
    lda EnemyX,x
    clc
    adc #4
    sta EnemyX,x
    lda EnemyY,x
    clc
    adc #4
    sta EnemyY,x
    lda Scratch
    asl a
    and #31
    sta EnemyYSpeed,x
    lda EnemyType,x
    cmp #TYPE_LONG_BAR
    bne @end
    lda EnemyActive+1,x         ; the long one keeps the next slot free
    bne @end
    cpx #4
    beq @end
    txa
    ora #$80
    sta EnemyActive+1,x
    lda #0
    sta EnemyType+1,x
    sta EnemyState+1,x
@end:
    rts

RunBar:
    lda TimerControl
    bne @still
    lda EnemyType,x
    sec
    sbc #TYPE_BAR
    tay
    lda @turns,y
    bne @left
    lda EnemyXSpeed,x
    clc
    adc @speed,y
    sta EnemyXSpeed,x
    lda EnemyYSpeed,x
    adc #0
    jmp @turned
@left:
    lda EnemyXSpeed,x
    sec
    sbc @speed,y
    sta EnemyXSpeed,x
    lda EnemyYSpeed,x
    sbc #0
@turned:
    and #31
    sta EnemyYSpeed,x
@still:
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    bne :+
    rts
:   lda DrawXHigh               ; too far off for any ball: nothing to do
    beq @balls
    bpl @right
    lda DrawX
    cmp #<-104
    bcs @balls
    rts
@right:
    lda DrawX
    cmp #104
    bcc @balls
    rts
@balls:
    ldy EnemyYSpeed,x
    lda BarSine,y
    ldx #0
    jsr @step
    tya                         ; and up: a quarter of a turn back
    sec
    sbc #8
    and #31
    tay
    lda BarSine,y
    ldx #3
    jsr @step
    ldx CurrentSlot
    ldy #6
    lda EnemyType,x
    cmp #TYPE_LONG_BAR
    bne :+
    ldy #12
:   sty Tmp+6
    lda DrawX
    sta CellX
    lda DrawXHigh
    sta CellXHigh
    lda EnemyY,x
    sta RowY
    lda #0
    sta RowYHigh
    sta Scratch                 ; 1/256 of a pixel, to the right
    sta Scratch+1               ; and down
    lda FrameCounter
    lsr a
    lsr a
    and #3
    tay
    lda BallFlips,y
    sta CellAttr
    lda #FireBall
    sta CellTile
@ball:
    lda RowYHigh
    ora CellXHigh
    bne @next
    lda RowY
    cmp #$E8
    bcs @next
    jsr BurnHero
    dec RowY
    jsr PutCell
    inc RowY
@next:
    lda Scratch
    clc
    adc Tmp
    sta Scratch
    lda CellX
    adc Tmp+1
    sta CellX
    lda CellXHigh
    adc Tmp+2
    sta CellXHigh
    lda Scratch+1
    clc
    adc Tmp+3
    sta Scratch+1
    lda RowY
    adc Tmp+4
    sta RowY
    lda RowYHigh
    adc Tmp+5
    sta RowYHigh
    dec Tmp+6
    bne @ball
    ldx CurrentSlot
    rts
; From one ball to the next: A eighths of a pixel as 24 bits at Tmp+X, the lowest first.
@step:
    sta Tmp+1,x
    lda #0
    sta Tmp,x
    lda Tmp+1,x
    bpl :+
    lda #$FF
    bne @sign
:   lda #0
@sign:
    sta Tmp+2,x
    lda Tmp+1,x
    cmp #$80
    ror a
    ror Tmp,x
    cmp #$80
    ror a
    ror Tmp,x
    cmp #$80
    ror a
    ror Tmp,x
    sta Tmp+1,x
    rts
@turns:
    .byte 0, 0, 1, 1, 0
@speed:
    .byte $28, $38, $28, $38, $28

; The hero is hurt if the ball of fire at CellX, RowY touches him.
BurnHero:
    lda CellX
    clc
    adc #6
    bcs @end
    cmp PlayerBox
    bcc @end
    sbc #4
    cmp PlayerBox+2
    bcs @end
    lda RowY
    clc
    adc #6
    cmp PlayerBox+1
    bcc @end
    sbc #4
    cmp PlayerBox+3
    bcs @end
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda ObjYHigh
    cmp #1
    bne @end
    jmp InjurePlayer
@end:
    rts

; 64 sin, by 32nds of a turn: eighths of the 8 pixels from ball to ball.
BarSine:
    .byte 0, 12, 24, 36, 45, 53, 59, 63, 64, 63, 59, 53, 45, 36, 24, 12
    .byte 0, <-12, <-24, <-36, <-45, <-53, <-59, <-63, <-64, <-63, <-59, <-53, <-45, <-36, <-24, <-12

; ---- lava leaper: 0C -----------------------------------------------------------------------------------

InitLeaper:
    lda #1
    sta EnemyTimer,x
; It waits below the screen.
SinkLeaper:
    lda #2
    sta EnemyYHigh,x
    sta EnemyY,x
    rts

MoveLeaper:
    lda EnemyYHigh,x
    cmp #2
    bne @flies
    lda EnemyY,x
    cmp #2
    bcc @flies
    lda EnemyTimer,x
    bne @end
    lda Lfsr+1,x
    and #$0F
    ora #6
    sta EnemyTimer,x
    lda Lfsr+2,x
    ora #$80
    sta EnemyYForce,x
    lda #<-7
    sta EnemyYSpeed,x
    dec EnemyYHigh,x
    lda #$F8
    sta EnemyY,x
@flies:
    lda #$1C
    ldy #3
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcs SinkLeaper
@end:
    rts

; ---- fish: 0A, 0B, and 14 -------------------------------------------------------------------------------

InitFastFish:
    lda #<-8
    bne :+
InitFish:
    lda #<-4
:   sta EnemyXSpeed,x
    rts

; Swimming to the left, slowly up and down.
MoveFish:
    inx
    jsr MoveHorizontally
    dex
    lda SlotAux2,x
    clc
    adc #$20                    ; an eighth of a pixel a frame
    sta SlotAux2,x
    bcc @end
    lda SlotAux,x
    lsr a
    bcs @down
    dec EnemyY,x
    lda SlotOriginY,x
    sec
    sbc EnemyY,x
    bcs @turn
@down:
    inc EnemyY,x
    lda EnemyY,x
    sec
    sbc SlotOriginY,x
@turn:
    cmp #15
    bcc @end
    cmp #$80
    bcs @end
    inc SlotAux,x
@end:
    rts

; Leaps from below the screen.
MoveFlyingFish:
    inx
    jsr MoveHorizontally
    dex
    lda #$0D
    ldy #5
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcc :+
    lda EnemyYSpeed,x
    bmi :+
    jmp EraseEnemy
:   rts

; ---- squid: 07 ---------------------------------------------------------------------------------------------
; SlotAux: 0 swims up faster, 1 slower, 2 sinks. EnemyYSpeed: pixels a frame on the way up.

MoveSquid:
    lda SlotAux,x
    cmp #1
    beq @slower
    bcs @sinks
    lda FrameCounter
    and #7
    bne @swim
    inc SlotAux2,x
    lda SlotAux2,x
    cmp #2
    bcc @swim
    inc SlotAux,x
    jmp @swim
@slower:
    lda FrameCounter
    and #7
    bne @swim
    dec SlotAux2,x
    bne @swim
    inc SlotAux,x
    lda #2
    sta EnemyTimer,x
@swim:
    lda EnemyY,x
    sec
    sbc SlotAux2,x
    cmp #$28                    ; not out of the water
    bcc :+
    sta EnemyY,x
:   lda SlotAux2,x
    asl a
    asl a
    asl a
    asl a
    sta EnemyXSpeed,x
    lda EnemyDir,x
    jsr SendObject
    inx
    jsr MoveHorizontally
    dex
    rts
@sinks:
    lda FrameCounter
    lsr a
    bcs @end
    inc EnemyY,x
    lda EnemyTimer,x
    bne @end
    lda EnemyY,x
    clc
    adc #$10
    cmp ObjY
    bcc @end
    jsr FaceHero
    sta EnemyDir,x
    lda #0
    sta SlotAux,x
@end:
    lda EnemyY,x
    cmp #$D8                    ; not into the sand
    bcc :+
    lda #0
    sta SlotAux,x
:   rts

; ---- bullets: 08 and 33 ------------------------------------------------------------------------------------

InitBullet:
    lda #$18
    sta EnemyXSpeed,x
    jsr FaceHero
    jmp SendObject

MoveBullet:
    inx
    jsr MoveHorizontally
    dex
    rts

; 33: a muzzle in the stage. Its slot is free again at once; the cannon is remembered.
InitCannon:
    ldy CannonNext
    lda EnemyPage,x
    sta CannonPage,y
    lda EnemyX,x
    sta CannonX,y
    lda EnemyY,x
    sta CannonY,y
    lda #$20
    sta CannonTimer,y
    iny
    cpy #6
    bcc :+
    ldy #0
:   sty CannonNext
    jmp EraseEnemy

; Cannons on the screen fire now and then, not at somebody who stands beside them.
RunCannons:
    lda TimerControl
    bne @end
    ldy #5
@cannon:
    lda CannonY,y
    beq @next
    lda CannonX,y
    sec
    sbc LeftX
    sta Tmp
    lda CannonPage,y
    sbc LeftPage
    bne @next
    lda CannonTimer,y
    beq @fire
    sec
    sbc #1
    sta CannonTimer,y
@next:
    dey
    bpl @cannon
@end:
    rts
@fire:
    lda Tmp
    sec
    sbc PlayerRelX
    bcs :+
    eor #$FF
:   cmp #$28
    bcc @next
    lda Lfsr+1,y
    and #$3F
    ora #$60
    sta CannonTimer,y
    jsr FindSlot
    bcs @end
    lda #TYPE_BULLET
    jsr TakeSlot
    lda CannonPage,y
    sta EnemyPage,x
    lda CannonX,y
    sta EnemyX,x
    lda CannonY,y               ; the tile's top edge: 8 below the frame's
    sec
    sbc #8
    sta EnemyY,x
    jsr ResetSlot
    jsr InitBullet
    lda #SFX_BLAST
    jmp StartSound

; ---- what comes from beyond the screen ------------------------------------------------------------------------

; A = what: 0 nothing, 08 bullets, 14 flying fish, 15 flames.
SetFrenzy:
    sta FrenzyKind
    lda #$20
    sta FrenzyTimer
    rts

RunFrenzy:
    lda FrenzyKind
    beq @wait
    lda TimerControl
    bne @wait
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @wait
    dec FrenzyTimer
    bne @wait
    inc FrenzyTimer             ; try again in the next frame should there be no slot
    jsr FindSlot
    bcs @wait
    cpx #3
    bcc @send
@wait:
    rts
@send:
    lda Lfsr+1
    and #$3F
    ldy FrenzyKind
    cpy #TYPE_FLYING_FISH
    beq @fish
    cpy #TYPE_FLAME
    beq @flame
    ora #$40
    sta FrenzyTimer
    lda #TYPE_FRENZY_BULLET
    jsr TakeSlot
    jsr BeyondRight
    lda Lfsr+2                  ; about the hero's height
    and #$1F
    clc
    adc ObjY
    cmp #$C0
    bcc :+
    lda #$B8
:   sta EnemyY,x
    lda #0
    jsr InitObject
    lda #SFX_BLAST
    jmp StartSound
@flame:
    ora #$60
    sta FrenzyTimer
    jsr BeyondRightOf
    lda Lfsr+2
    and #3
    tay
    lda @flames,y
    sta EnemyY,x
    jmp IgniteFlame
@fish:
    ora #$18
    sta FrenzyTimer
    lda #TYPE_FLYING_FISH
    jsr TakeSlot
    lda Lfsr+2                  ; anywhere on the screen, towards the other side
    clc
    adc LeftX
    sta EnemyX,x
    lda LeftPage
    adc #0
    sta EnemyPage,x
    lda #$F0
    sta EnemyY,x
    lda #0
    jsr InitObject
    lda #<-5
    sta EnemyYSpeed,x
    lda Lfsr+3
    and #$1F
    ora #4
    sta EnemyXSpeed,x
    ldy #1
    lda Lfsr+2
    bpl :+
    iny
:   tya
    jmp SendObject
@flames:
    .byte $90, $A8, $78, $90

BeyondRightOf:
    lda #TYPE_FLAME
    jsr TakeSlot
; Slot X is put just beyond the screen's right edge.
BeyondRight:
    lda RightX
    clc
    adc #8
    sta EnemyX,x
    lda RightPage
    adc #0
    sta EnemyPage,x
    rts

; ---- flames: 15 -------------------------------------------------------------------------------------------

; Slot X, in place, becomes a flame that drifts to the height SlotOriginY.
IgniteFlame:
    lda #0
    jsr InitObject
    lda #<-24
    sta EnemyXSpeed,x
    lda #SFX_FLAME
    jmp StartSound

MoveFlame:
    inx
    jsr MoveHorizontally
    dex
    lda FrameCounter
    lsr a
    bcs @end
    lda EnemyY,x
    cmp SlotOriginY,x
    beq @end
    bcc @down
    dec EnemyY,x
    rts
@down:
    inc EnemyY,x
@end:
    rts

; ---- thrower: 05 --------------------------------------------------------------------------------------------
; SlotAux counts down to the next hammer, SlotAux2 to the next jump. While EnemyFrameTimer runs it
; falls through whatever it stood on.

InitThrower:
    lda #$50
    sta EnemyTimer,x
    lda #$30
    sta SlotAux,x
    lda #$40
    sta SlotAux2,x
    rts

MoveThrower:
    lda #$3D
    ldy #3
    jsr FallObject
    lda EnemyYHigh,x
    cmp #2
    bcc :+
    jmp EraseEnemy
:   lda EnemyFrameTimer,x
    bne @jumped
    jsr FeetOnGround
    bcs @jumped
    dec SlotAux2,x
    bne @jumped
    lda Lfsr+2,x
    and #$3F
    ora #$40
    sta SlotAux2,x
    lda EnemyY,x
    cmp #$78
    bcc @down
    lda Lfsr+1,x
    lsr a
    bcs @up
    lda EnemyY,x
    cmp #$B0                    ; on the ground: nowhere to go down to
    bcc @down
@up:
    lda #<-6
    sta EnemyYSpeed,x
    bne @jumped
@down:
    lda #<-3
    sta EnemyYSpeed,x
    lda #$24
    sta EnemyFrameTimer,x
@jumped:
    ; To and fro; after a while, towards the hero.
    ldy #4
    lda FrameCounter
    and #$40
    bne :+
    ldy #<-4
:   lda EnemyTimer,x
    bne :+
    jsr FaceHero
    ldy #8
    lsr a
    bcs :+
    ldy #<-8
:   sty EnemyXSpeed,x
    inx
    jsr MoveHorizontally
    dex
    jsr FaceHero
    sta EnemyDir,x
    ; Hammers.
    dec SlotAux,x
    bne @end
    ldy #$1C
    lda Lfsr+1,x
    and #3
    bne :+
    ldy #$48
:   tya
    sta SlotAux,x
    ldy #MISC_SLOTS - 1
:   lda MiscState,y
    beq @throw
    dey
    bpl :-
@end:
    rts
@throw:
    lda #$90                    ; held overhead first
    sta MiscState,y
    txa
    sta HammerOwner,y
    rts

; ---- hammers and thrown coins ----------------------------------------------------------------------------------

UpdateMisc:
    ldx #MISC_SLOTS - 1
@thing:
    lda MiscState,x
    beq @next
    stx CurrentSlot
    bmi @hammer
    jsr UpdateCoin
    jmp @back
@hammer:
    jsr UpdateHammer
@back:
    ldx CurrentSlot
@next:
    dex
    bpl @thing
    rts

UpdateHammer:
    lda TimerControl
    bne @moved
    lda MiscState,x
    cmp #$81
    beq @flies
    dec MiscState,x
    ldy HammerOwner,x
    lda EnemyActive,y
    beq @lost
    lda EnemyState,y
    and #STATE_DEFEATED
    bne @lost
    lda EnemyX,y
    clc
    adc #4
    sta MiscX,x
    lda EnemyPage,y
    adc #0
    sta MiscPage,x
    lda EnemyY,y
    sec
    sbc #10
    sta MiscY,x
    lda #1
    sta MiscYHigh,x
    lda EnemyDir,y
    lsr a
    lda #$10
    bcs :+
    lda #<-$10
:   sta MiscXSpeed,x
    lda #<-2
    sta MiscYSpeed,x
    lda #0
    sta ObjYForce+OBJ_MISC,x
    beq @moved
@lost:
    lda #0
    sta MiscState,x
    rts
@flies:
    txa
    clc
    adc #OBJ_MISC
    tax
    jsr MoveHorizontally
    lda #$10
    sta Tmp
    lda #4
    sta Tmp+1
    jsr ApplyGravity
    ldx CurrentSlot
@moved:
    lda MiscYHigh,x
    cmp #1
    bne @lost
    lda MiscY,x
    cmp #$F0
    bcs @lost
    sta RowY
    lda MiscX,x
    sec
    sbc LeftX
    sta CellX
    lda MiscPage,x
    sbc LeftPage
    bne @lost
    jsr BurnHero
    lda FrameCounter
    lsr a
    lsr a
    and #3
    tay
    lda @attributes,y
    sta CellAttr
    tya
    and #1
    clc
    adc #Hammer
    sta CellTile
    dec RowY
    jmp PutCell
@attributes:
    .byte 1, 1, 1 | FLIP | UPSIDE_DOWN, 1 | FLIP | UPSIDE_DOWN
