; The walkers: they leave the level's list, walk, fall, squash and bite.

UpdateObjects:
    ldx #0
@slot:
    stx CurrentSlot
    lda EnemyActive,x
    beq @next
    lda EnemyType,x
    cmp #TYPE_WALKER
    bne @other
    jsr UpdateWalker
    jmp @next
@other:
    cmp #TYPE_PENNANT
    bne :+
    jsr DrawPennant
    jmp @next
:   cmp #TYPE_STAR_FLAG
    bne @next
    jsr DrawStarFlag
@next:
    ldx CurrentSlot
    inx
    cpx #6
    bne @slot
    rts

UpdateWalker:
    lda TimerControl
    bne @still
    jsr @move
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
@still:
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @gone
    jsr TouchPlayer
    ldx CurrentSlot
    jmp DrawWalker
@gone:
    rts

@move:
    lda EnemyState,x
    cmp #ENEMY_SQUASHED
    beq @squashed
    cmp #ENEMY_KNOCKED
    beq @knocked
    cmp #ENEMY_FALLS
    bne @walk
    jsr @fall
@walk:
    ldx CurrentSlot
    inx
    jsr MoveHorizontally
    jsr WalkerOnTiles
    jmp WalkersMeet
@squashed:
    lda EnemyTimer,x
    cmp #$0F
    bcs @keep
    jmp EraseEnemy
@knocked:
    inx
    jsr MoveHorizontally
@fall:
    ldx CurrentSlot
    inx
    lda #$3D
    sta Tmp
    lda #3
    sta Tmp+1
    jsr ApplyGravity
    ldx CurrentSlot
    lda EnemyYHigh,x
    cmp #2
    bcs EraseEnemy
@keep:
    rts

EraseEnemy:
    lda #0
    sta EnemyActive,x
    sta EnemyType,x
    sta EnemyState,x
    lda #$FF
    jmp FillBox

; Feet on the ground or falling; walls turn it round.
WalkerOnTiles:
    ldx CurrentSlot
    lda EnemyActive,x
    beq @end
    lda EnemyYHigh,x
    cmp #1
    bne @end
    inx
    ldy #PROBE_ENEMY_FEET
    jsr Probe
    ldx CurrentSlot
    jsr IsOpen
    bcs @airborne
    lda EnemyY,x
    and #15
    sec
    sbc #8
    cmp #5
    bcs @airborne
    lda EnemyY,x
    and #$F0
    ora #8
    sta EnemyY,x
    lda #0
    sta EnemyYSpeed,x
    sta EnemyYForce,x
    sta EnemyState,x
    beq @sides
@airborne:
    lda #ENEMY_FALLS
    sta EnemyState,x
@sides:
    lda EnemyDir,x
    lsr a                       ; carry: to the right
    ldy #PROBE_ENEMY_RIGHT
    bcs :+
    iny
:   inx
    jsr Probe
    ldx CurrentSlot
    jsr IsOpen
    bcs @end
    lda EnemyDir,x
    eor #3
    jmp SendWalker
@end:
    rts

; Walker X goes in direction A.
SendWalker:
    sta EnemyDir,x
    lsr a
    lda #8
    bcs :+
    lda #<-8
:   sta EnemyXSpeed,x
    rts

; Two walkers that touch part: the left one to the left, the right one to the right.
WalkersMeet:
    ldx CurrentSlot
    bne :+
    rts
:   ldy CurrentSlot
@other:
    dey
    bmi @end
    lda EnemyActive,y
    beq @other
    lda EnemyType,y
    cmp #TYPE_WALKER
    bne @other
    lda EnemyState,y
    ora EnemyState,x
    bne @other
    lda EnemyY,y
    sec
    sbc EnemyY,x
    clc
    adc #8
    cmp #17
    bcs @other
    lda EnemyX,y
    sec
    sbc EnemyX,x
    sta Tmp
    lda EnemyPage,y
    sbc EnemyPage,x
    sta Tmp+1                   ; its sign: negative when the other is on the left
    lda Tmp
    clc
    adc #11
    sta Tmp
    lda Tmp+1
    adc #0
    bne @other
    lda Tmp
    cmp #23
    bcs @other
    lda #2
    bit Tmp+1
    bpl :+
    lda #1
:   jsr SendWalker
    lda EnemyDir,x
    eor #3
    stx Tmp
    sty Tmp+2
    ldx Tmp+2
    jsr SendWalker
    ldx Tmp
    jmp @other
@end:
    rts

; The walker's box on the screen; too far off it is forgotten.
BoxEnemy:
    ldx CurrentSlot
    lda EnemyX,x
    sec
    sbc LeftX
    sta EnemyRelX
    lda EnemyPage,x
    sbc LeftPage
    sta DrawXHigh
    lda EnemyY,x
    sta EnemyRelY
    lda EnemyRelX               ; alive from 72 pixels left of the screen to 72 right of it
    clc
    adc #72
    sta Tmp
    lda DrawXHigh
    adc #0
    bmi @far
    cmp #1
    bcc @near
    bne @far
    lda Tmp
    cmp #144
    bcs @far
@near:
    lda DrawXHigh
    bne @off
    lda EnemyYHigh,x
    cmp #1
    bne @off
    txa
    asl a
    asl a
    tay
    lda EnemyRelX
    clc
    adc #3
    bcs @off
    sta EnemyBox,y
    adc #10
    bcs @off
    sta EnemyBox+2,y
    lda EnemyRelY
    clc
    adc #$0E
    sta EnemyBox+1,y
    adc #6
    sta EnemyBox+3,y
    rts
@far:
    jmp EraseEnemy
@off:
    lda #$FF
; All four bytes of slot X's box = A.
FillBox:
    pha
    txa
    asl a
    asl a
    tay
    pla
    sta EnemyBox,y
    sta EnemyBox+1,y
    sta EnemyBox+2,y
    sta EnemyBox+3,y
    rts

; Falling onto a walker squashes it, anything else hurts.
TouchPlayer:
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda EnemyState,x
    cmp #ENEMY_SQUASHED
    bcs @end
    lda ObjYHigh
    cmp #1
    bne @end
    txa
    asl a
    asl a
    tay
    lda EnemyBox,y
    cmp #$FF
    beq @end
    cmp PlayerBox+2
    bcs @end
    lda PlayerBox
    cmp EnemyBox+2,y
    bcs @end
    lda EnemyBox+1,y
    cmp PlayerBox+3
    bcs @end
    lda PlayerBox+1
    cmp EnemyBox+3,y
    bcs @end
    lda ObjYSpeed
    bmi @hurt
    bne @stomp
    lda StompTimer
    bne @stomp
@hurt:
    jmp KillPlayer
@stomp:
    lda #ENEMY_SQUASHED
    sta EnemyState,x
    lda #0
    sta EnemyXSpeed,x
    sta EnemyYSpeed,x
    lda #$10
    sta EnemyTimer,x
    lda #<-4
    sta ObjYSpeed
    lda #0
    sta ObjYForce
    lda #8
    sta StompTimer
    lda #SFX_STOMP
    jsr StartSound
    ldy StompChain
    cpy #StompPointsEnd - StompPoints - 1
    bcs :+
    inc StompChain
:   ldx StompDigit,y
    lda StompPoints,y
    jmp AddScore
@end:
    rts

; 100 200 400 500 800 1000 2000 4000 5000 8000
StompPoints:
    .byte 1, 2, 4, 5, 8, 1, 2, 4, 5, 8
StompPointsEnd:
StompDigit:
    .byte 4, 4, 4, 4, 4, 3, 3, 3, 3, 3
