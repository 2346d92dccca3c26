; Blocks hit from below: they hop, give what they hold, or break under the big hero's head.

MT_CRATE        = $C0           ; a coin
MT_TREAT        = $C1           ; growth, or fire
MT_BRICK_TREAT  = $55
MT_BRICK_VINE   = $56
MT_BRICK_STAR   = $57
MT_BRICK_COINS  = $58
MT_BRICK_LIFE   = $59
BrickCoinTimer  = $079D         ; a brick of coins gives while it runs
COINS_TIME      = $0B

; The hero's head met tile A, rising; ProbePage, ProbeX, ProbeIndex and RingPtr say where.
BumpTile:
    ldx #BumpedTilesEnd - BumpedTiles - 1
@look:
    cmp BumpedTiles,x
    beq @block
    dex
    bpl @look
@hard:
    lda #1
    sta ObjYSpeed
    lda #SFX_BUMP
    jmp StartSound
@block:
    ldy BlockTimer
    bne @hard
    sta Scratch+1               ; the tile
    stx Scratch+2
    cpx #2                      ; plain bricks
    bcs @hop
    lda PlayerSize
    bne @hop
    jmp BreakBrick
@hop:
    jsr HopBlock
    ldy Scratch+2
    cpy #2
    bcc @end
    lda #MT_EMPTY
    sta BlockTile,x
    tya
    sec
    sbc #2
    jsr Dispatch
    .addr @coin, @treat, @coin, @life, @treat, StartVine, @star, @coins, @life
@coin:
    jsr ThrowCoin
    jmp AddCoin
@treat:
    lda #POWER_GROWTH
    jmp RaisePowerUp
@star:
    lda #POWER_STAR
    jmp RaisePowerUp
@life:
    lda #POWER_LIFE
    jmp RaisePowerUp
@coins:
    lda BrickCoins              ; the first blow starts the time
    bne :+
    inc BrickCoins
    lda #COINS_TIME
    sta BrickCoinTimer
:   lda BrickCoinTimer
    beq :+
    lda #MT_BRICK_COINS
    sta BlockTile,x
    bne @coin
:   sta BrickCoins
    beq @coin
@end:
    rts

BumpedTiles:
    .byte MT_BRICK, MT_BRICK+1, MT_CRATE, MT_TREAT, MT_HIDDEN_COIN, MT_HIDDEN_LIFE
    .byte MT_BRICK_TREAT, MT_BRICK_VINE, MT_BRICK_STAR, MT_BRICK_COINS, MT_BRICK_LIFE
BumpedTilesEnd:

; X = the block of the two that is free, placed at the probe.
PlaceBlock:
    ldy #$10
    sty BlockTimer
    ldx #0
    stx ObjYSpeed
    stx ObjYForce
    lda BlockClock
    ora ChunkClock
    beq :+
    inx
:   lda ProbePage
    sta BlockPage,x
    lda ProbeX
    and #$F0
    sta BlockX,x
    lda ProbeIndex
    sta BlockIndex,x
    and #$F0
    clc
    adc #$20
    sta BlockY,x
    stx CurrentSlot
    rts

; Tile Scratch+1 at the probe hops. X = its block.
HopBlock:
    jsr PlaceBlock
    lda Scratch+1
    sta BlockTile,x
    lda #16
    sta BlockClock,x
    lda #0
    sta ChunkClock,x
    lda #MT_BOUNCING
    jsr ChangeTile
    lda #SFX_BUMP
    jsr StartSound
StrikeAbove:
    jsr CoinAbove
    ldx CurrentSlot
    jsr KnockAbove
    ldx CurrentSlot
    rts

; The tile at the probe becomes A, in the ring and on the screen.
ChangeTile:
    ldy ProbeIndex
    sta (RingPtr),y
    jmp DrawMetatile

; A brick breaks into four.
BreakBrick:
    jsr PlaceBlock
    lda #0
    sta BlockClock,x
    lda #40
    sta ChunkClock,x
    lda #<-5
    sta ChunkYSpeed,x
    lda #<-2
    sta ObjYSpeed
    lda #0
    jsr ChangeTile
    lda #SFX_BREAK
    jsr StartSound
    jsr StrikeAbove
    ldx #5                      ; 50 points
    lda #5
    jmp AddScore

; A coin that lies on block CurrentSlot is knocked out of its place.
CoinAbove:
    ldx CurrentSlot
    lda BlockIndex,x
    sec
    sbc #16
    bcc @end
    tay
    lda (RingPtr),y
    cmp #MT_COIN
    bne @end
    sty ProbeIndex
    lda #0
    jsr ChangeTile
    ldx CurrentSlot
    lda BlockY,x
    pha
    sec
    sbc #16
    sta BlockY,x
    jsr ThrowCoin
    pla
    sta BlockY,x
    jsr AddCoin
@end:
    rts

; Hops end where they began; bits fall.
UpdateBlocks:
    ldx #1
@block:
    stx CurrentSlot
    lda ChunkClock,x
    bne @chunks
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
    jsr ChangeTile
    jmp @next
@chunks:
    jsr DropChunks
    jmp @next
@draw:
    jsr DrawBlock
@next:
    ldx CurrentSlot
    dex
    bpl @block
    rts

; Four bits: two pairs, the lower one slower, all moving apart. BlockY is the upper pair's height.
DropChunks:
    dec ChunkClock,x
    lda ChunkClock,x
    lsr a
    bcs :+
    inc ChunkYSpeed,x
:   lda ChunkYSpeed,x
    cmp #6
    bmi :+
    lda #6
:   clc
    adc BlockY,x
    sta BlockY,x
    cmp #$F0
    bcs @end
    sta RowY
    lda #40
    sec
    sbc ChunkClock,x
    sta Scratch                 ; pixels gone to either side
    jsr @pair
    lda Scratch
    lsr a
    clc
    adc #10
    adc RowY
    bcs @end
    cmp #$F0
    bcs @end
    sta RowY
    lda Scratch
    lsr a
    sta Scratch
@pair:
    ldx CurrentSlot
    lda BlockX,x
    sec
    sbc LeftX
    sta DrawX
    lda BlockPage,x
    sbc LeftPage
    sta DrawXHigh
    lda DrawX
    sec
    sbc Scratch
    sta CellX
    lda DrawXHigh
    sbc #0
    bne :+
    lda #3
    jsr @bit
:   lda DrawX
    clc
    adc #8
    bcs @end
    adc Scratch
    sta CellX
    lda DrawXHigh
    adc #0
    bne @end
    lda #3 | FLIP
@bit:
    sta CellAttr
    lda #BrickBit
    sta CellTile
    jmp PutCell
@end:
    rts

BlockHop:                       ; pixels up, by BlockClock
    .byte 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 6, 5, 4, 3, 2

; A coin jumps out of block X. Keeps X.
ThrowCoin:
    ldy #MISC_SLOTS - 1
:   lda MiscState,y
    beq @free
    dey
    bpl :-
    rts
@free:
    lda #30
    sta MiscState,y
    lda BlockPage,x
    sta MiscPage,y
    lda BlockX,x
    ora #4
    sta MiscX,y
    lda BlockY,x
    sec
    sbc #16
    sta MiscY,y
    rts

; Thrown coin X.
UpdateCoin:
    dec MiscState,x
    beq @end
    lda MiscState,x
    ldy #0
:   sec                         ; a tenth of the flight each
    sbc #3
    bcc :+
    iny
    bne :-
:   lda MiscY,x
    clc
    adc CoinFlight,y
    sta MiscY,x
    jmp DrawCoin
@end:
    rts

CoinFlight:                     ; pixels per frame, from the end backwards
    .byte 4, 3, 2, 1, 0, <-1, <-2, <-3, <-4, <-5, <-5

; Whoever stands on block X is thrown off; shells are turned over, a power-up hops.
KnockAbove:
    ldy #5
@slot:
    lda EnemyActive,y
    beq @next
    bmi @next
    lda EnemyType,y
    cmp #TYPE_POWER_UP
    beq @look
    cmp #LAST_TYPE + 1
    bcs @next
    stx Tmp
    tax
    lda Traits,x
    ldx Tmp
    and #BUMPED
    beq @next
    lda EnemyState,y
    and #STATE_DEFEATED
    bne @next
    lda EnemyType,y
    cmp #TYPE_WALKER
    bne @look
    lda EnemyState,y
    cmp #ENEMY_SQUASHED
    bcs @next
@look:
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
    bcc @hit
@next:
    dey
    bpl @slot
    rts
@hit:
    lda #<-3
    sta EnemyYSpeed,y
    lda #0
    sta EnemyYForce,y
    lda EnemyType,y
    cmp #TYPE_POWER_UP
    beq @next
    tax
    lda Traits,x
    and #HAS_SHELL
    bne @shell
    lda #STATE_DEFEATED
    sta EnemyState,y
    bne @points
@shell:
    lda #2
    sta EnemyState,y
    lda EnemyY,y                ; clear of the block
    sec
    sbc #4
    sta EnemyY,y
@points:
    sty Tmp+1
    ldx #4
    lda #1
    jsr AddScore
    ldx CurrentSlot
    ldy Tmp+1
    jmp @next
