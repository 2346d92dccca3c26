; Crates and planks hit from below: they hop, crates give a coin once.

; The hero's head met the closed tile A, rising.
BumpTile:
    cmp #MT_BRICK
    beq @hop
    cmp #MT_BRICK+1
    beq @hop
    cmp #MT_COIN-1
    beq @crate
    cmp #MT_COIN-2
    beq @crate
@hard:
    lda #1
    sta ObjYSpeed
    lda #SFX_BUMP
    jmp StartSound
@crate:
    ldy BlockTimer
    bne @hard
    jsr @hop
    lda #MT_EMPTY
    sta BlockTile,x
    jsr ThrowCoin
    jmp AddCoin
@hop:
    ldy BlockTimer
    bne @hard
    ldy #$10
    sty BlockTimer
    ldx #0
    stx ObjYSpeed
    stx ObjYForce
    ldy BlockClock
    beq :+
    inx
:   sta BlockTile,x
    lda #16
    sta BlockClock,x
    lda ProbePage
    sta BlockPage,x
    lda ProbeX
    and #$F0
    sta BlockX,x
    lda ProbeIndex
    sta BlockIndex,x
    tay
    and #$F0
    clc
    adc #$20
    sta BlockY,x
    stx CurrentSlot
    lda #MT_BOUNCING
    sta (RingPtr),y
    jsr DrawMetatile
    lda #SFX_BUMP
    jsr StartSound
    ldx CurrentSlot
    jsr KnockAbove
    ldx CurrentSlot
    rts

; Hops end where they began.
UpdateBlocks:
    ldx #1
@block:
    stx CurrentSlot
    lda BlockClock,x
    beq @next
    dec BlockClock,x
    bne @draw
    lda BlockPage,x
    sta ProbePage
    jsr PointRing
    ldx CurrentSlot
    ldy BlockIndex,x
    sty ProbeIndex
    lda BlockTile,x
    sta (RingPtr),y
    jsr DrawMetatile
    jmp @next
@draw:
    jsr DrawBlock
@next:
    ldx CurrentSlot
    dex
    bpl @block
    rts

BlockHop:                       ; pixels up, by BlockClock
    .byte 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 6, 5, 4, 3, 2

; A coin jumps out of block X.
ThrowCoin:
    ldy #0
    lda CoinClock
    beq :+
    iny
:   lda #30
    sta CoinClock,y
    lda BlockPage,x
    sta CoinPage,y
    lda BlockX,x
    ora #4
    sta CoinX,y
    lda BlockY,x
    sec
    sbc #16
    sta CoinY,y
    rts

UpdateCoins:
    ldx #1
@coin:
    stx CurrentSlot
    lda CoinClock,x
    beq @next
    dec CoinClock,x
    beq @next
    ldy #0
:   sec                         ; a tenth of the flight each
    sbc #3
    bcc :+
    iny
    bne :-
:   lda CoinY,x
    clc
    adc CoinFlight,y
    sta CoinY,x
    jsr DrawCoin
@next:
    ldx CurrentSlot
    dex
    bpl @coin
    rts

CoinFlight:                     ; pixels per frame, from the end backwards
    .byte 4, 3, 2, 1, 0, <-1, <-2, <-3, <-4, <-5, <-5

; Whoever stands on block X is thrown off.
KnockAbove:
    ldy #4
@slot:
    lda EnemyActive,y
    beq @next
    lda EnemyType,y
    cmp #TYPE_WALKER
    bne @next
    lda EnemyState,y
    cmp #ENEMY_SQUASHED
    bcs @next
    lda EnemyY,y
    clc
    adc #$18
    cmp BlockY,x
    bne @next
    lda EnemyX,y
    sec
    sbc BlockX,x
    sta Tmp
    lda EnemyPage,y
    sbc BlockPage,x
    sta Tmp+1
    lda Tmp
    clc
    adc #13
    sta Tmp
    lda Tmp+1
    adc #0
    bne @next
    lda Tmp
    cmp #27
    bcs @next
    lda #ENEMY_KNOCKED
    sta EnemyState,y
    lda #<-3
    sta EnemyYSpeed,y
    stx Tmp
    ldx #4
    lda #1
    sty Tmp+1
    jsr AddScore
    ldx Tmp
    ldy Tmp+1
@next:
    dey
    bpl @slot
    rts
